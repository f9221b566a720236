"""What moderators do: on cards, on values, and with what waits."""
