//! Dragging
