using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Names and datatypes of the outputs.</summary>
internal static class OutputNames
{
    private static readonly string[] Names = ["score", "label", "p_value", "contributions"];

    public static string Text(this OutputName name) => Names[(int)name];

    public static TensorType Type(this OutputName name) => name switch
    {
        OutputName.Score => TensorType.FP32,
        OutputName.Label => TensorType.Bool,
        _ => TensorType.FP64,
    };

    /// <summary>Reads a name.</summary>
    /// <exception cref="RequestException">There is no such output.</exception>
    public static OutputName Parse(string name)
    {
        int index = Array.IndexOf(Names, name);
        return index >= 0
            ? (OutputName)index
            : throw RequestException.Invalid($"There is no output '{Quoted.Text(name)}'. Ask for {string.Join(", ", Names)}, or leave outputs out.");
    }
}
