using System.Text.Json;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Elements as a JSON array, flat or nested as the shape is; null is a missing cell.</summary>
/// <param name="json">The array, which is known to be JSON.</param>
internal sealed class JsonContents(ReadOnlyMemory<byte> json) : TensorContents
{
    /// <inheritdoc/>
    public override void Check(InputTensor input)
    {
        // An element takes a character, and a comma stands between two.
        if (input.Shape.ElementCount > json.Length / 2)
            throw input.WrongCount($"the data is {json.Length} characters long and has fewer");
    }

    /// <inheritdoc/>
    public override void ReadNumbers(InputTensor input, Span<double> cells)
    {
        var elements = new JsonElements(input, json.Span);
        while (elements.MoveNext())
            cells[elements.Index] = elements.Token == JsonTokenType.Number ? ElementNumbers.Read(input, elements.Index, ref elements.Reader) : Other(input, ref elements);
    }

    /// <inheritdoc/>
    public override void ReadWords(InputTensor input, WordBuffer words)
    {
        var elements = new JsonElements(input, json.Span);
        while (elements.MoveNext())
        {
            if (elements.Token == JsonTokenType.Null)
                words.AddMissing();
            else if (elements.Token != JsonTokenType.String)
                throw input.WrongElement(elements.Index, $"{Quoted.Text(elements.Reader.ValueSpan)} is not text. BYTES are texts in quotes");
            else if (elements.Reader.ValueIsEscaped)
                words.Add(elements.Reader.GetString());
            else
                words.Add(elements.Reader.ValueSpan);
        }
    }

    private static double Other(InputTensor input, ref JsonElements elements) => elements.Token switch
    {
        JsonTokenType.Null => double.NaN,
        JsonTokenType.True when input.Type == TensorType.Bool => 1,
        JsonTokenType.False when input.Type == TensorType.Bool => 0,
        JsonTokenType.String => throw input.WrongElement(elements.Index, $"the text '{Quoted.Text(elements.Reader.ValueSpan)}' is not of datatype {input.Type.Name()}. Write numbers without quotes. A model that takes missing cells also takes null"),
        _ => throw input.WrongElement(elements.Index, $"{Quoted.Text(elements.Reader.ValueSpan)} is not of datatype {input.Type.Name()}"),
    };
}
