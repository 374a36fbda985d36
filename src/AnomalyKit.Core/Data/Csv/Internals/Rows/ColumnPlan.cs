using System.Globalization;

namespace AnomalyKit.Csv;

/// <summary>Which columns of the file are features and which one is the label.</summary>
internal sealed class ColumnPlan
{
    private readonly string[] _fileNames;
    private readonly CsvErrors _errors;
    private readonly long _headerLine;
    private readonly Dictionary<string, int> _positions;
    private readonly HashSet<string> _repeated = new(StringComparer.Ordinal);

    private ColumnPlan(string[] fileNames, bool hasHeader, long headerLine, CsvErrors errors)
    {
        _fileNames = fileNames;
        _errors = errors;
        _headerLine = headerLine;
        IsNamed = hasHeader;
        _positions = new Dictionary<string, int>(fileNames.Length, StringComparer.Ordinal);
        for (int i = 0; i < fileNames.Length; i++)
        {
            if (!_positions.TryAdd(fileNames[i], i))
                _repeated.Add(fileNames[i]);
        }
    }

    /// <summary>Whether the names come from the file.</summary>
    public bool IsNamed { get; }

    /// <summary>The label's position in the file, or −1.</summary>
    public int LabelPosition { get; private set; } = -1;

    /// <summary>The features' positions in the file, in the matrix's order.</summary>
    public int[] Positions { get; private set; } = [];

    /// <summary>The features' names, in the matrix's order.</summary>
    public string[] Names { get; private set; } = [];

    /// <summary>The number of columns in the file.</summary>
    public int FileColumns => _fileNames.Length;

    public string FileName(int position) => _fileNames[position];

    /// <summary>Reads the header, or the width of the first record, and decides.</summary>
    public static ColumnPlan Read(CsvRecords records, CsvErrors errors, CsvOptions options, string? labelColumn, FeatureSchema? schema)
    {
        if (!records.MoveNext(out _))
            throw records.Blame(errors.File("the file is empty. Expected a header line and rows of numbers."));
        var names = new string[records.CellCount];
        for (int i = 0; i < names.Length; i++)
            names[i] = options.HasHeader ? Unquote.Bare(records[i]).Trim().ToString() : string.Create(CultureInfo.InvariantCulture, $"f{i}");
        if (options.HasHeader)
            CheckHeader(names, records, errors);
        else
            records.Repeat();
        records.ColumnCount = names.Length;
        var plan = new ColumnPlan(names, options.HasHeader, records.Line, errors);
        try
        {
            plan.Choose(options, labelColumn, schema);
        }
        catch (CsvFormatException e)
        {
            throw records.Blame(e);
        }

        return plan;
    }

    /// <summary>Refuses a first line that is not a header: numbers only, or binary data.</summary>
    public static void CheckHeader(string[] names, CsvRecords records, CsvErrors errors)
    {
        if (Array.TrueForAll(names, name => CellParser.TryParse(name, out _)))
        {
            throw records.Blame(errors.Line(
                records.Line,
                $"the header line is missing: the first line holds numbers only ('{CsvErrors.Printable(names[0])}', …). Add a header, or set CsvOptions.HasHeader to false.",
                names[0]));
        }

        for (int i = 0; i < names.Length; i++)
        {
            if (names[i].Contains('\0', StringComparison.Ordinal))
            {
                throw records.Blame(errors.Cell(
                    records.LineOf(i), i, "", CsvErrors.Printable(names[i]), $"the header holds binary data. {Utf16Hint(names[0])}"));
            }
        }
    }

    /// <summary>UTF-16 that is read as UTF-8 has a null character beside every other one.</summary>
    private static string Utf16Hint(string name) => name.Length > 1 && (name[0] == '\0') != (name[1] == '\0')
        ? $"It looks like UTF-16 without a byte order mark: set CsvOptions.Encoding to {(name[0] == '\0' ? "Encoding.BigEndianUnicode" : "Encoding.Unicode")}."
        : "The file is not CSV text.";

    private void Choose(CsvOptions options, string? labelColumn, FeatureSchema? schema)
    {
        if (labelColumn is not null)
            LabelPosition = Find(labelColumn, "label column");
        var wanted = schema is { IsNamed: true } && IsNamed ? schema.ColumnNames : options.Columns;
        foreach (string name in options.IgnoreColumns)
        {
            if (!_positions.ContainsKey(name) && name.Length > 0)
                throw Unknown(name, "column to ignore");
            if (name == labelColumn || wanted?.Contains(name) == true)
            {
                throw new ArgumentException(
                    $"Column '{name}' is to be read and to be ignored. Take it out of IgnoreColumns, or out of the others.", nameof(options));
            }
        }

        if (wanted is not null)
        {
            Positions = [.. wanted.Select(name => Find(name, "column"))];
            if (labelColumn is not null && wanted.Contains(labelColumn))
            {
                throw new ArgumentException(
                    $"Column '{labelColumn}' is the label and a feature. A detector must not see the label: take it out of the features.",
                    nameof(options));
            }
        }
        else
        {
            var ignored = new HashSet<string>(options.IgnoreColumns, StringComparer.Ordinal);
            Positions = [.. Enumerable.Range(0, _fileNames.Length).Where(i => i != LabelPosition && !ignored.Contains(_fileNames[i]))];
        }

        if (Positions.Length == 0)
            throw _errors.Line(_headerLine, $"no feature column is left. The columns are: {CsvErrors.List(_fileNames)}.");
        Names = [.. Positions.Select(i => _fileNames[i])];
        CheckNames(options);
        if (schema is not null && schema.ColumnCount != Positions.Length)
        {
            throw _errors.Line(
                _headerLine,
                $"{Positions.Length} feature columns ({CsvErrors.List(Names)}) where the schema has {schema.ColumnCount} ({CsvErrors.List(schema.ColumnNames)}), and as not both have names, they are matched by position.");
        }

        foreach (string name in options.ColumnOffsets.Keys)
        {
            if (!Names.Contains(name))
                throw Unknown(name, "column with an offset", Names);
        }
    }

    private void CheckNames(CsvOptions options)
    {
        foreach (int position in LabelPosition < 0 ? Positions : [.. Positions, LabelPosition])
        {
            string name = _fileNames[position];
            if (options.Encoding is null && name.Contains('\uFFFD', StringComparison.Ordinal))
            {
                throw _errors.Cell(
                    _headerLine, position, name, CsvErrors.Printable(name), $"the name holds U+FFFD (replacement character): {StrangeCharacters.NotUtf8}");
            }

            if (name.Length == 0)
            {
                throw _errors.Cell(
                    _headerLine, position, "", null,
                    "the header names no such column (a column of row numbers, or a delimiter at the end of the line?). Name it, or leave it out with IgnoreColumns = [\"\"].");
            }

            CheckUnique(name);
        }
    }

    private void CheckUnique(string name)
    {
        if (!_repeated.Contains(name))
            return;
        int first = Array.IndexOf(_fileNames, name);
        int second = Array.IndexOf(_fileNames, name, first + 1);
        throw _errors.Cell(
            _headerLine, second, name, name,
            FormattableString.Invariant($"columns {first} and {second} of the header have the same name. Rename one, or leave both out with IgnoreColumns."));
    }

    private int Find(string name, string role)
    {
        if (!_positions.TryGetValue(name, out int position))
            throw Unknown(name, role);
        CheckUnique(name);
        return position;
    }

    private CsvFormatException Unknown(string name, string role, IReadOnlyCollection<string>? among = null)
    {
        string hint = "";
        if (!IsNamed)
            hint = " (The file is read without a header.)";
        else if (_fileNames.Any(other => other.Contains('\uFFFD', StringComparison.Ordinal)))
            hint = $" They hold U+FFFD: {StrangeCharacters.NotUtf8}";
        else if (_fileNames.Length == 1 && _fileNames[0].Split([' ', '\t']).Contains(name, StringComparer.Ordinal))
            hint = " The cells seem to be separated by spaces: set CsvOptions.Delimiter to ' '.";
        else if (_fileNames.Length == 1)
            hint = " Is another delimiter used? Name it with CsvOptions.Delimiter.";
        return _errors.Line(
            _headerLine,
            $"there is no {role} '{CsvErrors.Printable(name)}'. The columns are: {CsvErrors.List(among ?? _fileNames)}.{hint}",
            name);
    }
}
