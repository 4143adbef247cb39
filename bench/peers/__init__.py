"""What we are measured against, each run as a program of its own."""
