using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>A request for scores, as far as it can be understood without a model.</summary>
internal sealed class InferRequest
{
    /// <summary>The most inputs of a request: more than any model has columns.</summary>
    public const int MaxInputs = 1 << 14;

    private readonly List<InputTensor> _inputs = new(1);
    private readonly List<RequestedOutput> _outputs = [];

    /// <summary>What the client calls the request; null where it has no name.</summary>
    public string? Id { get; set; }

    /// <summary>Whether outputs come as bytes that do not say themselves how they come.</summary>
    public bool HasBinaryOutput { get; set; }

    /// <summary>The tensors, in the order of the request.</summary>
    public IReadOnlyList<InputTensor> Inputs => _inputs;

    /// <summary>What is asked for, in the order of the request; empty for what a model gives by default.</summary>
    public IReadOnlyList<RequestedOutput> Outputs => _outputs;

    /// <summary>Adds a tensor.</summary>
    /// <exception cref="RequestException">There are more than any model has columns.</exception>
    public void AddInput(InputTensor input)
    {
        if (_inputs.Count == MaxInputs)
            throw TooManyInputs();
        _inputs.Add(input);
    }

    public static RequestException TooManyInputs() => RequestException.Invalid($"There are more than {MaxInputs} inputs. Give one tensor of rows and columns, or one input per column.");

    /// <summary>Adds an output.</summary>
    /// <param name="name">Its name in the protocol.</param>
    /// <param name="isBinary">How it is wanted.</param>
    /// <exception cref="RequestException">There is no such output, or it was asked for before.</exception>
    public void AddOutput(string name, bool? isBinary)
    {
        var output = OutputNames.Parse(name);
        foreach (var before in _outputs)
        {
            if (before.Name == output)
                throw RequestException.Invalid($"Output '{name}' is asked for twice. Name each output once.");
        }

        _outputs.Add(new RequestedOutput(output, isBinary));
    }
}
