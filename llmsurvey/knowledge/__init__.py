"""Curated facts with their sources, as data files, and their validating loader. No network, no database.

The files in `data/` hold tables of entries (`[[model]]`, `[[edge]]`, `[[source]]` …; `entry.TABLES` lists them).
A user's own files have the same shape and are laid over them, the last one on top:

- an entry with a new name adds a record;
- an entry with a known name, or an alias of it, corrects the values it gives, and only those;
- an entry with `hide = true` takes a record away.

So it is with what only an imported catalogue knows, whose own words then lie beneath the user's.

Every entry names its source, and every value remembers the file it comes from.
"""
