using System.Security.Cryptography;
using System.Text;
using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>Says which group a row belongs to: by a column, or by keys.</summary>
internal sealed class GroupKeys
{
    private readonly string[]? _keys;
    private readonly string? _column;

    public GroupKeys(string column) => _column = column;

    public GroupKeys(string[] keys)
    {
        int missing = Array.IndexOf(keys, null!);
        if (missing >= 0)
            throw new ArgumentException($"Key {missing} is null. Every row needs a group. Give each row that belongs to no group a key of its own.", nameof(keys));
        _keys = keys;
    }

    /// <summary>Which keys these are; empty where they come from a column.</summary>
    public string Given => _keys is null ? string.Empty : $" keys {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(_keys.Select(key => $"{key.Length}:{key}")))))}";

    /// <summary>One key per row.</summary>
    public string[] Of(SearchRows rows)
    {
        if (_keys is not null)
        {
            return _keys.Length == rows.Count
                ? _keys
                : throw new ArgumentException($"The split has {_keys.Length} group keys; the data has {rows.Count} rows. Give one key per row.");
        }

        var column = rows.Column(_column!);
        var keys = new string[rows.Count];
        for (int row = 0; row < keys.Length; row++)
        {
            keys[row] = column.Text(row) ?? throw new TableDataException(
                $"Row {row}, column '{_column}' is missing, so the group of the row is not known. Fill the cell, or leave the row out.", row, _column);
        }

        return keys;
    }

    public override string ToString() => _column ?? "keys";
}
