using System.Buffers;
using System.Text.Unicode;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Collects the texts of one column: each word is kept once. An empty text is a missing cell.</summary>
internal sealed class WordBuffer
{
    /// <summary>What a word takes at the most besides its letters: its code, a string, and its place in two lists.</summary>
    public const int BytesPerWord = 96;

    private readonly InputTensor _input;
    private readonly int[] _codes;
    private readonly List<string> _words = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers =
        new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private int _count;

    public WordBuffer(InputTensor input)
    {
        _input = input;
        _codes = new int[input.Shape.ElementCount];
    }

    /// <summary>The position of each cell's word in <see cref="Words"/>, or <see cref="CategoryColumn.MissingCell"/>.</summary>
    public ReadOnlyMemory<int> Codes => _codes;

    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words => _words;

    public void AddMissing() => _codes[_count++] = CategoryColumn.MissingCell;

    /// <summary>Appends a text.</summary>
    /// <exception cref="RequestException">The bytes are not UTF-8.</exception>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        const int MaxOnStack = 256;
        char[]? rented = utf8.Length > MaxOnStack ? ArrayPool<char>.Shared.Rent(utf8.Length) : null;
        Span<char> letters = rented ?? stackalloc char[MaxOnStack];
        if (Utf8.ToUtf16(utf8, letters, out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done)
            throw _input.WrongElement(_count, "the bytes are not UTF-8 text. Encode texts as UTF-8");
        Add(letters[..length]);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
    }

    /// <summary>Appends a text.</summary>
    public void Add(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty)
        {
            AddMissing();
            return;
        }

        if (!_numbers.TryGetValue(word, out int code))
        {
            code = _words.Count;
            string text = word.ToString();
            _words.Add(text);
            _numbers.Dictionary.Add(text, code);
        }

        _codes[_count++] = code;
    }
}
