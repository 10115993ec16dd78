"""Settings from the environment or a `.env` file; every one has a line in `.env.example`."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

import bot
from bot.errors import BetweenError

TELEGRAM = "https://api.telegram.org"
TOP = Path(bot.__file__).resolve().parent.parent
"""Where exercises/ and prompts/ lie beside the package."""


def _secrets() -> list[Path]:
    """Folders with a file for each secret, named like its setting: what systemd hands a service
    (LoadCredential=bot_token:…), and what a container engine does."""
    given = (os.environ.get("CREDENTIALS_DIRECTORY"), "/run/secrets")
    return [Path(folder) for folder in given if folder and Path(folder).is_dir()]


class Settings(BaseSettings):
    """What a programme can choose. `data_dir` holds the database; the key must lie elsewhere."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",  # editors on Windows put a mark first
        env_ignore_empty=True,  # BOT_TOKEN= in .env means: not set, it may be a secret's file
        secrets_dir=_secrets() or None,
        extra="ignore",
        hide_input_in_errors=True,
    )

    bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = TELEGRAM
    data_dir: Path = Path("data")
    cache_dir: Path | None = None
    database_url: str = ""
    master_key_file: Path = Path("keys/master.key")
    zone: str = "UTC"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_json: bool = False
    poll_seconds: int = Field(default=50, ge=0, le=50)
    sends_per_second: float = Field(default=24, ge=0, le=30)
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: str = ""
    smtp_starttls: bool = True
    web_address: str = ""
    web_host: str = "127.0.0.1"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    web_port: int | None = Field(default=None, ge=0, le=65535)
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = Field(default=None, ge=0, le=65535)
    alarm_email: str = ""
    second_factor: Literal["required", "off"] = "required"
    tombstones_file: Path | None = None
    recordings_dir: Path | None = None
    exercises_folder: Path | None = None

    @field_validator(
        *(
            "web_port",
            "metrics_port",
            "tombstones_file",
            "cache_dir",
            "recordings_dir",
            "exercises_folder",
        ),
        mode="before",
    )
    @classmethod
    def _none(cls, written: object) -> object:
        return None if written == "" else written  # WEB_PORT= in .env means: not set

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, written: object) -> object:
        return written.upper() if isinstance(written, str) else written

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(("postgresql:", "postgresql+psycopg:", "sqlite:")):
            raise ValueError("it must be postgresql+psycopg://user:password@host/between, or empty")
        return url

    @field_validator("telegram_api_url", "web_address", "webhook_url")
    @classmethod
    def _whole_address(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://")):
            raise ValueError("it must be a whole address that begins with https://")
        return url.rstrip("/")

    @property
    def url(self) -> str:
        """The database: the one named, else an SQLite file in the data folder."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{(self.data_dir / 'between.db').resolve()}"

    @property
    def tombstones(self) -> Path:
        """Who was erased, kept apart from the database so that no restored backup undoes it."""
        return self.tombstones_file or self.data_dir / "tombstones"

    @property
    def cache(self) -> Path:
        """What is made from the content files and would take seconds to make at every start."""
        return self.cache_dir or self.data_dir / "cache"

    @property
    def is_sqlite(self) -> bool:
        """Whether one process on one file is all there is."""
        return self.url.startswith("sqlite")

    @property
    def exercises_dir(self) -> Path:
        """The clinicians' files: a folder of the clinic's own, else those that Between brings."""
        own = self.exercises_folder
        if own is not None and not own.is_dir():
            raise BetweenError(f"EXERCISES_FOLDER in .env is {own}, and there is no such folder.")
        return own or _content("exercises")

    @property
    def media_dir(self) -> Path:
        """Moving pictures and bells."""
        return self.exercises_dir / "media"

    @property
    def helplines_file(self) -> Path:
        """Whom to call, country by country."""
        return self.exercises_dir / "support" / "helplines.yaml"

    @property
    def measures_dir(self) -> Path:
        """Questionnaires without their wording."""
        return self.exercises_dir / "measures"

    @property
    def workshops_dir(self) -> Path:
        """Lessons in order, with their rules."""
        return self.exercises_dir / "workshops"

    @property
    def consents_file(self) -> Path:
        """What people can agree to."""
        return self.exercises_dir / "support" / "consents.yaml"

    @property
    def aliases_file(self) -> Path:
        """The names newcomers are offered."""
        return self.exercises_dir / "support" / "aliases.yaml"

    @property
    def phrases_dir(self) -> Path:
        """What partners can send each other, one file per language."""
        return self.exercises_dir / "support" / "partner_phrases"

    @property
    def board_dir(self) -> Path:
        """What the group board offers to choose from."""
        return self.exercises_dir / "support" / "board"

    @property
    def scenes_dir(self) -> Path:
        """The talks two partners practise, one file per talk."""
        return self.exercises_dir / "support" / "scenes"

    @property
    def risk_dir(self) -> Path:
        """The phrases of the risk screen, one file per language."""
        return self.exercises_dir / "support" / "risk"

    @property
    def prompts_dir(self) -> Path:
        """Every word that is not in an exercise."""
        return _content("prompts")


def _content(name: str) -> Path:
    """Beside the package in a checkout, inside it when installed from a wheel."""
    beside = TOP / name
    return beside if beside.is_dir() else Path(bot.__file__).resolve().parent / "content" / name
