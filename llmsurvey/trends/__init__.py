"""Statistics over monthly series: pure functions that neither draw nor see a database."""
