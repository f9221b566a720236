"""What is done to documents: drafted, contested, ratified, published."""
