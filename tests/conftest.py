"""What all tests share: Ctrl-C is heard, also where they are started with it ignored, as in a shell's background."""

import signal

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
