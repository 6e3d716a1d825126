"""Positions in other coordinate reference systems, by GDAL."""

import subprocess

# The systems of the list whose authority puts the north before the east.
NORTH_FIRST = {"4326", "4258", "4171", "3035"}


def place(positions, uri):
    """Longitudes and latitudes in a system, in the order of its authority."""
    code = uri.rsplit("/", 1)[1]
    if code == "CRS84":
        return [list(position) for position in positions]
    finished = subprocess.run(
        ["gdaltransform", "-s_srs", "OGC:CRS84", "-t_srs", f"EPSG:{code}", "-output_xy"],
        input="\n".join(f"{x!r} {y!r}" for x, y in positions), capture_output=True, text=True, timeout=60, check=True)
    placed = [[float(number) for number in line.split()] for line in finished.stdout.splitlines()]
    return [position[::-1] for position in placed] if code in NORTH_FIRST else placed
