"""The six images of the demonstration, drawn from nothing: no patient, no device, no image from elsewhere."""
