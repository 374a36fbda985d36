using System.Collections.ObjectModel;

namespace AnomalyKit.Tables;

/// <summary>Collects words as numbers of a list; a word that is known already costs no string.</summary>
/// <remarks>The list lives on from batch to batch, so that words keep their numbers as long as there are few of them. Where there are many, as in a column of free text,
/// it starts anew with a batch: memory does not grow with the source.</remarks>
internal sealed class CategoryBuffer : ColumnBuffer
{
    private const int MostKeptWords = 1 << 14;
    private const int MostKeptCharacters = 1 << 20;

    private readonly List<int> _codes = [];
    private Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private List<string> _words = [];
    private ReadOnlyCollection<string> _levels = ReadOnlyCollection<string>.Empty;
    private string? _lastWord;
    private int _lastCode;
    private long _characters;

    public CategoryBuffer(string name)
        : base(name) => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public override int Count => _codes.Count;

    public void Add(ReadOnlySpan<char> word)
    {
        if (!_lookup.TryGetValue(word, out int code))
            code = Number(word.ToString());
        _codes.Add(code);
    }

    public void Add(string word)
    {
        // Objects often share their strings, and equal values often come in runs.
        if (!ReferenceEquals(word, _lastWord))
        {
            if (!_numbers.TryGetValue(word, out _lastCode))
                _lastCode = Number(word);
            _lastWord = word;
        }

        _codes.Add(_lastCode);
    }

    public override void AddMissing() => _codes.Add(CategoryColumn.MissingCell);

    public override void Cut(int count) => Cut(_codes, count);

    public override TableColumn Take()
    {
        if (_levels.Count != _words.Count)
            _levels = new ReadOnlyCollection<string>([.. _words]);
        var column = new CategoryColumn(Name, Take(_codes), _levels);
        if (_words.Count > MostKeptWords || _characters > MostKeptCharacters)
        {
            _numbers = new Dictionary<string, int>(StringComparer.Ordinal);
            _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
            _words = [];
            _levels = ReadOnlyCollection<string>.Empty;
            _lastWord = null;
            _characters = 0;
        }

        return column;
    }

    private int Number(string word)
    {
        int code = _words.Count;
        _numbers.Add(word, code);
        _words.Add(word);
        _characters += word.Length;
        return code;
    }
}
