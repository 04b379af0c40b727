"""What proves the accuracy and the speed: `linking.py` for the links, `python -m benchmarks` for the builds."""
