"""An update in chat words becomes proposals that a person approves: read, show, decide, write, undo, audit."""
