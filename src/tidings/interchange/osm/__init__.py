"""Roads from an extract of OpenStreetMap (© OpenStreetMap contributors, ODbL)."""
