"""Does a test notice? Faults put into the code, one at a time, and the tests that run the faulty line."""
