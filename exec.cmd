@rem The npm scripts begin with "exec", so that a signal reaches Node and not only the shell around it.
@rem Windows has no such word: there it means to run what follows.
@%*
