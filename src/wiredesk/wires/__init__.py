"""IN: asking feeds and folders, behind one guard; what comes is handed to desk.intake."""
