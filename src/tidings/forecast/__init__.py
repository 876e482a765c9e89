"""From a situation to a forecast with honest intervals."""
