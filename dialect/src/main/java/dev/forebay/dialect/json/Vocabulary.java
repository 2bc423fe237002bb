package dev.forebay.dialect.json;

/// The words of all dialects that only tell what something is.
final class Vocabulary {

  static final Symbols WORDS =
      new Symbols(
          """
          assistant auto file function image message model none object reasoning refusal stop system
          text tool user

          any base64 content_block_delta content_block_start content_block_stop document end_turn
          ephemeral input_json_delta message_delta message_start message_stop redacted_thinking
          signature_delta text_delta thinking thinking_delta tool_result tool_use url

          custom developer function_call function_call_output image_url input_audio input_file
          input_image input_text json_schema length output_text tool_calls
          response.completed response.content_part.added response.content_part.done
          response.created response.in_progress response.output_item.added
          response.output_item.done response.output_text.delta response.output_text.done

          OBJECT STOP STRING
          """
              .strip()
              .split("\\s+", -1));

  private Vocabulary() {}
}
