"""Speed figures, each against a peer or a limit in the same run. `script/bench NAME` runs one."""
