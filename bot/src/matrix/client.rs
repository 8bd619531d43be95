//! Logging in, coming back, and what the homeserver's refusals mean for the operator.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use matrix_sdk::{
    Client, SessionMeta, SessionTokens,
    authentication::matrix::MatrixSession,
    config::RequestConfig,
    encryption::{BackupDownloadStrategy, EncryptionSettings},
    ruma::{
        OwnedRoomId, OwnedUserId,
        api::{client::uiaa, error::ErrorKind},
    },
    store::RoomLoadSettings,
};

use super::{backoff::Backoff, invitation::Invitation, joins::Following, sessions};
use crate::config::{Config, Secrets};

/// Why the homeserver could not be used, in words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum MatrixError {
    /// Nobody answers there.
    #[error("no homeserver answers at {0}: {1}. Check `homeserver` in hearth.toml, and that the server is up")]
    Unreachable(String, String),
    /// Name or password are wrong.
    #[error(
        "the homeserver refuses the password of {0}. Check the user id and the password, and run `hearth-bot init` again"
    )]
    WrongPassword(String),
    /// The access token no longer holds.
    #[error(
        "the homeserver no longer accepts the bot's access token (it was revoked, or the device was removed). Run `hearth-bot init` to log in anew; nothing that waits to be sent is lost"
    )]
    TokenRevoked,
    /// The token is somebody else's.
    #[error("the access token belongs to {found}, not to {expected}; check `user` in hearth.toml")]
    OtherUser {
        /// Whose it is.
        found: String,
        /// Whose it should be.
        expected: String,
    },
    /// The user id is none.
    #[error("`{0}` is not a user id; write it in full, like @hearth:example.org")]
    BadUser(String),
    /// The stores of the SDK cannot be opened.
    #[error(
        "the encryption store in {path} cannot be opened: {message}. It must be the one that belongs to this device; if it is lost, run `hearth-bot init` to log in anew"
    )]
    Store {
        /// The folder.
        path: String,
        /// What the SDK said.
        message: String,
    },
    /// The recovery key opens nothing.
    #[error(
        "the recovery key does not open the bot's backup ({0}). Check that it is the one that `init` showed last; or run `hearth-bot init` without it: then what was said in encrypted rooms before now stays unreadable to the bot"
    )]
    WrongRecoveryKey(String),
    /// Something else.
    #[error("{what}: {message}")]
    Other {
        /// What was being done.
        what: &'static str,
        /// What the SDK said.
        message: String,
    },
}

/// The bot's connection to its homeserver.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The SDK's client.
    pub(crate) client: Client,
    /// The bot itself.
    pub(crate) me: OwnedUserId,
    /// Rooms that it was invited to in this run, and by whom.
    pub(super) invited: Arc<Mutex<HashMap<OwnedRoomId, Invitation>>>,
    /// Rooms that the SDK remembers and the homeserver does not.
    pub(super) without: Arc<Mutex<HashSet<OwnedRoomId>>>,
    /// Rooms that replaced others and that the bot may join when it is their turn, with the servers to ask.
    pub(super) following: Arc<Mutex<Following>>,
    /// What failed and is left alone for a while.
    pub(super) backoff: Arc<Mutex<Backoff>>,
}

/// How the bot proves who it is, the first time.
#[derive(Clone)]
pub enum Credentials {
    /// With its password.
    Password(String),
    /// With the access token of a device that was made for it.
    Token(String),
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(..)")
    }
}

async fn build(config: &Config, store: &Path, passphrase: &str) -> Result<Client, MatrixError> {
    // The outbox and the intake own their retries: a 429 is a postponed row at once, not a request that sleeps in here.
    // Requests of the SDK's own (keys, to-device messages) are made again with the next sync, or the next attempt.
    let requests = RequestConfig::new().timeout(Duration::from_secs(30)).disable_retry();
    sessions::undo_cut_off(store);
    let client = Client::builder()
        .homeserver_url(&config.homeserver)
        .sqlite_store(store, Some(passphrase))
        .request_config(requests)
        .with_encryption_settings(EncryptionSettings {
            auto_enable_cross_signing: false,
            backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
            auto_enable_backups: false,
        })
        .build()
        .await
        .map_err(|error| {
            use matrix_sdk::ClientBuildError as Build;
            match error {
                Build::SqliteStore(error) => {
                    MatrixError::Store { path: store.display().to_string(), message: error.to_string() }
                }
                error => MatrixError::Unreachable(config.homeserver.clone(), error.to_string()),
            }
        })?;
    sessions::watch(store);
    Ok(client)
}

/// A client that keeps nothing on this machine.
async fn passing(config: &Config) -> Result<Client, MatrixError> {
    Client::builder()
        .homeserver_url(&config.homeserver)
        .request_config(RequestConfig::new().timeout(Duration::from_secs(30)).retry_limit(1))
        .build()
        .await
        .map_err(|error| MatrixError::Unreachable(config.homeserver.clone(), error.to_string()))
}

impl Matrix {
    /// Logs in with a password, or finds out whose a token is. Nothing is kept on this machine: the store is made by
    /// [`Self::restore`], when it is sure that there is a device to make it for.
    ///
    /// # Errors
    /// [`MatrixError`], in words for the operator.
    pub async fn log_in(config: &Config, credentials: &Credentials, passphrase: &str) -> Result<Secrets, MatrixError> {
        let me = OwnedUserId::try_from(config.user.as_str()).map_err(|_| MatrixError::BadUser(config.user.clone()))?;
        let client = passing(config).await?;
        let (access_token, device_id) = match credentials {
            Credentials::Password(password) => {
                let login = client.matrix_auth().login_username(me.as_str(), password);
                let session = login
                    .initial_device_display_name("Hearth")
                    .send()
                    .await
                    .map_err(|error| login_error(config, &error))?;
                (session.access_token, session.device_id.to_string())
            }
            Credentials::Token(token) => {
                restore(&client, &me, "UNKNOWN", token).await?;
                (token.clone(), device_of(config, &client, &me).await?)
            }
        };
        Ok(Secrets { access_token, device_id, store_passphrase: passphrase.to_owned() })
    }

    /// Logs an earlier device of the bot out.
    ///
    /// # Errors
    /// [`MatrixError`], also where it was logged out already.
    pub async fn log_out(config: &Config, device: &Secrets) -> Result<(), MatrixError> {
        let me = OwnedUserId::try_from(config.user.as_str()).map_err(|_| MatrixError::BadUser(config.user.clone()))?;
        let client = passing(config).await?;
        restore(&client, &me, &device.device_id, &device.access_token).await?;
        let failed = |error: matrix_sdk::HttpError| MatrixError::Other {
            what: "logging the earlier device out",
            message: error.to_string(),
        };
        client.matrix_auth().logout().await.map(drop).map_err(failed)
    }

    /// Comes back as the device that logged in before.
    ///
    /// # Errors
    /// [`MatrixError`], in words for the operator.
    pub async fn restore(config: &Config, secrets: &Secrets) -> Result<Self, MatrixError> {
        let me = OwnedUserId::try_from(config.user.as_str()).map_err(|_| MatrixError::BadUser(config.user.clone()))?;
        let store = config.file("matrix");
        let client = build(config, &store, &secrets.store_passphrase).await?;
        restore(&client, &me, &secrets.device_id, &secrets.access_token).await?;
        Ok(Self {
            client,
            me,
            invited: Arc::default(),
            without: Arc::default(),
            following: Arc::default(),
            backoff: Arc::default(),
        })
    }

    /// Takes over what an earlier device of the bot left behind a recovery key: the keys of its messages, and the
    /// identity with which this device is signed.
    ///
    /// # Errors
    /// [`MatrixError::WrongRecoveryKey`], or another in words for the operator.
    pub async fn recover(&self, key: &str) -> Result<(), MatrixError> {
        let encryption = self.client.encryption();
        encryption.wait_for_e2ee_initialization_tasks().await;
        encryption.recovery().recover(key).await.map_err(|error| MatrixError::WrongRecoveryKey(error.to_string()))
    }

    /// Whether an earlier device of the bot left a key backup.
    pub async fn has_backup(&self) -> bool {
        self.client.encryption().backups().fetch_exists_on_server().await.unwrap_or(false)
    }

    /// Sets up cross-signing and key backup. Gives the recovery key, which is shown once and kept nowhere, or
    /// `None` where that was done before.
    ///
    /// # Errors
    /// [`MatrixError`], in words for the operator.
    pub async fn set_up_encryption(&self, password: Option<&str>) -> Result<Option<String>, MatrixError> {
        let failed = |what| move |error: String| MatrixError::Other { what, message: error };
        let encryption = self.client.encryption();
        encryption.wait_for_e2ee_initialization_tasks().await;
        if let Err(error) = encryption.bootstrap_cross_signing_if_needed(None).await {
            let session = error.as_uiaa_response().and_then(|response| response.session.clone());
            let Some(password) = password else {
                return Err(failed("setting up cross-signing")(
                    "the homeserver wants the password for it; run `hearth-bot init` with the password".to_owned(),
                ));
            };
            let user = uiaa::UserIdentifier::Matrix(uiaa::MatrixUserIdentifier::new(self.me.to_string()));
            let mut proof = uiaa::Password::new(user, password.to_owned());
            proof.session = session;
            encryption
                .bootstrap_cross_signing(Some(uiaa::AuthData::Password(proof)))
                .await
                .map_err(|error| failed("setting up cross-signing")(error.to_string()))?;
        }
        if self.has_backup().await {
            return Ok(None);
        }
        let key = encryption
            .recovery()
            .enable()
            .await
            .map_err(|error| failed("setting up the key backup")(error.to_string()))?;
        Ok(Some(key))
    }

    /// One short sync, so that the SDK knows rooms and keys.
    ///
    /// # Errors
    /// [`MatrixError`].
    pub async fn settle(&self) -> Result<(), MatrixError> {
        let settings = matrix_sdk::config::SyncSettings::new().timeout(Duration::ZERO);
        match self.client.sync_once(settings).await {
            Ok(_) => Ok(()),
            Err(error) => Err(MatrixError::Other { what: "the first sync", message: error.to_string() }),
        }
    }

    /// Gives the bot a name and a picture, where it has none of its own: a homeserver calls an account by its local part
    /// until somebody says otherwise. Says whether it gave any.
    ///
    /// # Errors
    /// [`MatrixError`].
    pub async fn introduce(&self, name: &str, picture: Vec<u8>) -> Result<bool, MatrixError> {
        let failed = |error: matrix_sdk::Error| MatrixError::Other {
            what: "giving the bot a name and a picture",
            message: error.to_string(),
        };
        let account = self.client.account();
        let known = account.get_display_name().await.map_err(failed)?;
        let nameless = known.is_none_or(|known| known.is_empty() || known == self.me.localpart());
        if nameless {
            account.set_display_name(Some(name)).await.map_err(failed)?;
        }
        let faceless = account.get_avatar_url().await.map_err(failed)?.is_none();
        if faceless {
            account.upload_avatar(&mime::IMAGE_PNG, picture).await.map_err(failed)?;
        }
        Ok(nameless || faceless)
    }

    /// Whether the homeserver still knows the device.
    ///
    /// # Errors
    /// [`MatrixError::TokenRevoked`] where it does not, [`MatrixError::Unreachable`] where it does not answer.
    pub async fn check(&self, config: &Config) -> Result<(), MatrixError> {
        match self.client.whoami().await {
            Ok(_) => Ok(()),
            Err(error) if is_token_error(error.client_api_error_kind()) => Err(MatrixError::TokenRevoked),
            Err(error) => Err(MatrixError::Unreachable(config.homeserver.clone(), error.to_string())),
        }
    }
}

/// Whether a refusal means that the access token no longer holds.
pub(crate) fn is_token_error(kind: Option<&ErrorKind>) -> bool {
    matches!(kind, Some(ErrorKind::UnknownToken { .. } | ErrorKind::MissingToken))
}

async fn restore(client: &Client, me: &OwnedUserId, device: &str, token: &str) -> Result<(), MatrixError> {
    let session = MatrixSession {
        meta: SessionMeta { user_id: me.clone(), device_id: device.into() },
        tokens: SessionTokens { access_token: token.to_owned(), refresh_token: None },
    };
    client
        .matrix_auth()
        .restore_session(session, RoomLoadSettings::default())
        .await
        .map_err(|error| MatrixError::Other { what: "coming back as the bot's device", message: error.to_string() })
}

/// The device that a token belongs to, if it is the bot's.
async fn device_of(config: &Config, client: &Client, me: &OwnedUserId) -> Result<String, MatrixError> {
    match client.whoami().await {
        Ok(who) if who.user_id != *me => {
            Err(MatrixError::OtherUser { found: who.user_id.to_string(), expected: config.user.clone() })
        }
        Ok(who) => who.device_id.map(|device| device.to_string()).ok_or(MatrixError::TokenRevoked),
        Err(error) if is_token_error(error.client_api_error_kind()) => Err(MatrixError::TokenRevoked),
        Err(error) => Err(MatrixError::Unreachable(config.homeserver.clone(), error.to_string())),
    }
}

fn login_error(config: &Config, error: &matrix_sdk::Error) -> MatrixError {
    match error.client_api_error_kind() {
        Some(ErrorKind::Forbidden | ErrorKind::UserDeactivated) => MatrixError::WrongPassword(config.user.clone()),
        Some(_) => MatrixError::Other { what: "logging in", message: error.to_string() },
        None => MatrixError::Unreachable(config.homeserver.clone(), error.to_string()),
    }
}
