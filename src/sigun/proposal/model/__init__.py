"""A language model, where somebody set one up (언어모형, 선택): it words prose and picks among what is offered."""
