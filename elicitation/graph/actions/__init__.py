"""The room's only writers: placing cards in values, and what people say to values."""
