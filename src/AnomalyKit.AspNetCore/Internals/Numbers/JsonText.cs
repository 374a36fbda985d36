using System.Buffers;
using System.Text;
using System.Text.Json;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Numbers;

/// <summary>What texts of JSON have besides values.</summary>
internal static class JsonText
{
    /// <summary>A text without the mark that editors put at the start, which JSON does not have.</summary>
    public static ReadOnlySequence<byte> WithoutMark(ReadOnlySequence<byte> text)
    {
        Span<byte> first = stackalloc byte[3];
        if (text.Length < first.Length || text.FirstSpan is not { IsEmpty: false } span || span[0] != Encoding.UTF8.Preamble[0])
            return text;
        text.Slice(0, first.Length).CopyTo(first);
        return first.SequenceEqual(Encoding.UTF8.Preamble) ? text.Slice(first.Length) : text;
    }

    /// <summary>Whether a reader stands on a name.</summary>
    public static bool NameIs(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException e)
        {
            throw Undecodable(e);
        }
    }

    /// <summary>Half a character as an escape, or bytes that are not UTF-8.</summary>
    public static RequestException Undecodable(InvalidOperationException e) =>
        new(StatusCodes.Status400BadRequest, $"A text in the JSON cannot be decoded: {e.Message.TrimEnd('.')}.", e);
}
