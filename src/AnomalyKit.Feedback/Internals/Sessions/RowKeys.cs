using System.Globalization;

namespace AnomalyKit.Feedback.Sessions;

/// <summary>The keys that answers are kept under.</summary>
internal static class RowKeys
{
    /// <summary>Checks keys; where there are none, rows are called by their numbers.</summary>
    public static (string[] Keys, Dictionary<string, int> Positions) Check(IReadOnlyList<string>? keys, int rowCount)
    {
        if (keys is not null && keys.Count != rowCount)
            throw new ArgumentException($"{keys.Count} keys for {rowCount} rows. Give one key per row, or none to call rows by their numbers.", nameof(keys));
        var checkedKeys = new string[rowCount];
        var positions = new Dictionary<string, int>(rowCount, StringComparer.Ordinal);
        for (int row = 0; row < rowCount; row++)
        {
            string key = keys is null ? row.ToString(CultureInfo.InvariantCulture) : keys[row];
            if (string.IsNullOrEmpty(key))
                throw new ArgumentException($"The key of row {row} is empty. Every row needs a key of its own.", nameof(keys));
            if (!FeedbackAnswer.IsWhole(key))
                throw new ArgumentException($"The key of row {row} holds half of a surrogate pair, which no file can keep. Give it a key of whole characters.", nameof(keys));
            if (!positions.TryAdd(key, row))
                throw new ArgumentException($"The key '{key}' belongs to the rows {positions[key]} and {row}. Every row needs a key of its own.", nameof(keys));
            checkedKeys[row] = key;
        }

        return (checkedKeys, positions);
    }
}
