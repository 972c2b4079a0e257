//! What a request gets when it cannot be answered: what broke inside is logged here, and kept from who asked.

use axum::response::{IntoResponse, Response};

use crate::Fault;
use crate::store::StoreError;
use crate::sync::{ActError, EngineError};

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.status(), self.to_string()).into_response()
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::Unavailable
    }
}

impl From<EngineError> for Fault {
    fn from(error: EngineError) -> Self {
        tracing::error!(%error, "the state could not be read");
        Self::Unavailable
    }
}

impl From<ActError> for Fault {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused(rejection) => Self::Refused(rejection),
            ActError::Unavailable => Self::Unavailable,
        }
    }
}
