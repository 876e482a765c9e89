"""What all tests share: Ctrl-C is heard, also where whoever started them ignores it, as a shell does for its background."""

import signal

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
