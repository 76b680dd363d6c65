"""What will be computed, as decided beforehand: read from plan.yaml, and held to what it may say."""
