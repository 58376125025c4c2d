"""Space: neighbours, whether like lies beside like, smoothed months, and months in a calendar.

Owns who is whose neighbour, the answers to "do high values lie together?" with their words and
drawings, and the calendar of an indicator. Does not own the numbers (``atlas``, ``smoothing``).
"""
