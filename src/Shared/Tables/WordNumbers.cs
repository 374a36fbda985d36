using System.Buffers;
using System.Collections.ObjectModel;
using System.Text.Unicode;

namespace AnomalyKit.Tables;

/// <summary>Numbers words in the order of their first occurrence, straight from UTF-8.</summary>
internal sealed class WordNumbers
{
    /// <summary>Stands for bytes that are not UTF-8.</summary>
    public const int NotText = -2;

    private readonly List<string> _words = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private char[] _letters = new char[256];

    public WordNumbers() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The number of a word; <see cref="NotText"/> where the bytes are not UTF-8.</summary>
    public int Number(ReadOnlySpan<byte> utf8)
    {
        if (_letters.Length < utf8.Length)
            _letters = new char[Math.Max(utf8.Length, (int)Math.Min(Array.MaxLength, 2L * _letters.Length))];
        if (Utf8.ToUtf16(utf8, _letters, out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done)
            return NotText;
        return Number(_letters.AsSpan(0, length));
    }

    /// <summary>The number of a word.</summary>
    public int Number(ReadOnlySpan<char> word)
    {
        if (_lookup.TryGetValue(word, out int number))
            return number;
        string text = word.ToString();
        number = _words.Count;
        _numbers.Add(text, number);
        _words.Add(text);
        return number;
    }

    /// <summary>The words so far, as a list that does not change any more. The next word starts a new one.</summary>
    public ReadOnlyCollection<string> Take()
    {
        string[] words = [.. _words];
        _words.Clear();
        _numbers.Clear();
        return new ReadOnlyCollection<string>(words);
    }
}
