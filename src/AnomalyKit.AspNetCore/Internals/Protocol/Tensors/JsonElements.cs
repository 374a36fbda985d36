using System.Text.Json;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Walks the elements of a JSON array that is flat, or nested as the shape of its tensor.</summary>
internal ref struct JsonElements
{
    /// <summary>Stands at the element.</summary>
    public Utf8JsonReader Reader;

    private readonly InputTensor _input;
    private readonly long _count;
    private bool _isNested;
    private long _rowEnd;

    public JsonElements(InputTensor input, ReadOnlySpan<byte> json)
    {
        _input = input;
        _count = input.Shape.ElementCount;
        Reader = new Utf8JsonReader(json);
        Reader.Read();
        Index = -1;
    }

    /// <summary>The position of the element in row-major order.</summary>
    public int Index { get; private set; }

    /// <summary>What the element is.</summary>
    public readonly JsonTokenType Token => Reader.TokenType;

    /// <summary>Goes to the next element.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="RequestException">There are more or fewer elements than the shape has, or they are nested in another way.</exception>
    public bool MoveNext()
    {
        while (true)
        {
            Reader.Read();
            switch (Reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    if (_input.Shape.Rank == 1 || Reader.CurrentDepth != 1 || (Index >= 0 && !_isNested))
                        throw WrongNesting();
                    _isNested = true;
                    _rowEnd = Index + _input.Shape.Columns;
                    break;
                case JsonTokenType.EndArray when Reader.CurrentDepth == 1:
                    if (Index != _rowEnd)
                        throw WrongNesting();
                    break;
                case JsonTokenType.EndArray:
                    return Index + 1 == _count ? false : throw _input.WrongCount($"the data has {Index + 1}");
                case JsonTokenType.StartObject:
                    throw _input.WrongElement(Index + 1, "an object is not a value. Give values, either flat or as one array per row");
                default:
                    if (_isNested && (Reader.CurrentDepth != 2 || Index == _rowEnd))
                        throw WrongNesting();
                    if (++Index >= _count)
                        throw _input.WrongCount("the data has more");
                    return true;
            }
        }
    }

    private readonly RequestException WrongNesting() => RequestException.Invalid(
        $"Input '{Quoted.Text(_input.Name)}', after {Index + 1} elements: the data is not nested as the shape {_input.Shape}. Give one flat array{(_input.Shape.Rank == 1 ? "" : $", or one array of {_input.Shape.Columns} elements per row")}.");
}
