"""Runs R's packages. An R script says itself how long the work took, without R's start and reading: the last word that it prints."""
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


def run(script, *given):
    """The words that a script of this folder prints."""
    return subprocess.run(["Rscript", os.path.join(HERE, script), *map(str, given)], check=True, capture_output=True, text=True).stdout.split()


def has(package):
    return bool(shutil.which("Rscript")) and subprocess.run(["Rscript", "-e", "packageVersion('%s')" % package], capture_output=True).returncode == 0


def version(package):
    found = subprocess.run(["Rscript", "-e", "cat(as.character(packageVersion('%s')), '(R', paste0(R.version$major, '.', R.version$minor, ')'))" % package],
                           capture_output=True, text=True)
    return found.stdout.strip() if found.returncode == 0 else "unknown"
