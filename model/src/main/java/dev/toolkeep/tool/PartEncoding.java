package dev.toolkeep.tool;

/// How one member of a form or multipart body is written (OpenAPI 3.1, "Encoding Object").
///
/// @param style of the members of a form: `FORM`, `SPACE_DELIMITED`, `PIPE_DELIMITED`, `DEEP_OBJECT` or `JSON`
/// @param contentType of a part; empty: JSON for lists and objects, plain text for anything else
/// @param base64 whether the argument is bytes in Base64, sent as a file
public record PartEncoding(Placing.Style style, boolean explode, String contentType, boolean base64) {}
