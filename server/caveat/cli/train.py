"""``caveat train``: make the weights that ship anew, from public data."""

from __future__ import annotations

import os
from pathlib import Path

import click

from caveat.cli import streams
from caveat.cli.outcome import Incomplete, InputError

_FOLDER = click.Path(path_type=Path)


@click.group()
def train() -> None:
    """Train a model that ships with Caveat.

    \b
    Examples:
      caveat train checkworthiness --data claimbuster
    """


@train.command()
@click.option("--data", type=_FOLDER, required=True, help="The folder with ClaimBuster's train.jsonl.")
@click.option(
    "--output", type=_FOLDER, default=Path(), help="The folder for weights.npz. [default: this one]"
)
def checkworthiness(data: Path, output: Path) -> None:
    """Train check-worthiness on ClaimBuster: which sentences somebody would want checked.

    Reads DATA/train.jsonl and writes OUTPUT/weights.npz, the same bytes each time on one machine; with the
    published data they are the weights that ship. Takes some minutes on one core. Figures on debates
    kept aside go to stdout.

    \b
    Examples:
      caveat train checkworthiness --data claimbuster
      caveat train checkworthiness --data claimbuster --output build
    """
    # Sums depend on how many threads share them; it is read when numpy is first imported.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = "1"
    from caveat.reading import pipeline
    from caveat.training import checkworthiness as training
    from caveat.training import claimbuster, kept_aside

    try:
        sentences = claimbuster.read(data)
        output.mkdir(parents=True, exist_ok=True)
    except (claimbuster.WrongData, OSError) as error:
        raise InputError(str(error)) from error
    try:
        nlp = pipeline.model_alone()
    except pipeline.ModelMissing as error:
        raise Incomplete(str(error)) from error
    with streams.progress() as steps:
        trained = training.train(sentences, nlp, steps)
    file = output / "weights.npz"
    with file.open("wb") as weights:
        trained.weights.save(weights)
    streams.write_text(kept_aside.report(trained, sentences.digest))
    click.echo(f"Wrote {file}.", err=True)
