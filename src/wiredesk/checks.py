"""System checks for the operator: each has an id and says what to do. Run by every command before it starts."""
