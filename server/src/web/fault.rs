//! What a request outside the server functions gets when it cannot be answered.

use axum::response::{IntoResponse, Response};

use crate::Fault;

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.status(), self.to_string()).into_response()
    }
}
