using System.Globalization;
using System.Text;

namespace AnomalyKit.Batch.Yaml;

/// <summary>Writes YAML: maps and lists in blocks, every text in double quotes, so that none is taken for a number, a date or a key.</summary>
internal sealed class YamlText
{
    private readonly StringBuilder _text = new();

    /// <summary>A document; the order of keys is kept.</summary>
    /// <param name="root">Maps as lists of <see cref="KeyValuePair{TKey, TValue}"/>, lists as other sequences, texts, integers and booleans. Keys are names of ours: letters and what needs no quotes.</param>
    public static string Of(IReadOnlyList<KeyValuePair<string, object>> root)
    {
        var yaml = new YamlText();
        yaml.WriteMap(root, 0, onLine: false);
        return yaml._text.ToString();
    }

    /// <summary>A text in double quotes.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff')
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }

    private void WriteMap(IReadOnlyList<KeyValuePair<string, object>> map, int depth, bool onLine)
    {
        foreach (var (key, value) in map)
        {
            if (!onLine)
                _text.Append(' ', depth);
            onLine = false;
            _text.Append(key).Append(':');
            WriteValue(value, depth);
        }
    }

    private void WriteValue(object value, int depth)
    {
        switch (value)
        {
            case string text:
                _text.Append(' ').Append(Quote(text)).Append('\n');
                break;
            case bool flag:
                _text.Append(flag ? " true\n" : " false\n");
                break;
            case int or long:
                _text.Append(CultureInfo.InvariantCulture, $" {value}\n");
                break;
            case IReadOnlyList<KeyValuePair<string, object>> { Count: 0 }:
                _text.Append(" {}\n");
                break;
            case IReadOnlyList<KeyValuePair<string, object>> map:
                _text.Append('\n');
                WriteMap(map, depth + 2, onLine: false);
                break;
            case IEnumerable<object> list:
                WriteList([.. list], depth);
                break;
            default:
                throw new ArgumentException($"A {value.GetType()} cannot be written.", nameof(value));
        }
    }

    private void WriteList(object[] list, int depth)
    {
        _text.Append(list.Length == 0 ? " []\n" : "\n");
        foreach (object item in list)
        {
            _text.Append(' ', depth).Append('-');
            if (item is IReadOnlyList<KeyValuePair<string, object>> { Count: > 0 } map)
            {
                _text.Append(' ');
                WriteMap(map, depth + 2, onLine: true);
            }
            else
            {
                WriteValue(item, depth + 2);
            }
        }
    }
}
