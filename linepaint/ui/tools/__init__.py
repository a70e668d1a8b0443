"""The tools an artist holds, one file each: a tool turns pen positions on the page into edits."""
