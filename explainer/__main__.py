"""`python -m explainer`."""

from explainer.cli import main

if __name__ == "__main__":  # a worker of a cluster on this machine imports this module, too
    main(prog_name="explainer")
