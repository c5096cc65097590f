"""What several test folders need: a caller that speaks the documented API, and small media."""
