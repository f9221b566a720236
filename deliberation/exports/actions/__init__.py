"""What is noted when data is taken away, and how it is put back."""
