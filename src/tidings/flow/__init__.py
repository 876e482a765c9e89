"""People on the move: scenario, parameters, rules, the reference engine and the fast one."""
