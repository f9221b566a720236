"""The room's only writers: what happens to readings, and what happens to cards."""
