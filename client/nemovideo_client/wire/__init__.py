"""One exchange: what is sent, what comes back, and how it reads. Values only."""
