"""Where papers come from: bytes of each source in, records out. Only `transport` opens a socket."""
