"""The room's only writers: setting up, taking part, taking in files."""
