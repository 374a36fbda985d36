using TorchSharp;
using static TorchSharp.torch;

namespace AnomalyKit.Autoencoder.Torch;

/// <summary>Adam over one flat tensor, without a look at the device: D. P. Kingma, J. Ba, 2015; decoupled weight decay as I. Loshchilov, F. Hutter, 2019.</summary>
/// <remarks>
/// Every <see cref="Scalar"/> is held in a variable until the operation is over. A number that is converted on the way in makes one that nothing refers to any more once its
/// handle is read, so that the garbage collector may free it while native code still reads it. So does an addition without <c>alpha</c>, which makes a 1 of its own.
/// </remarks>
internal sealed class TorchAdam : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Tensor _weights;
    private readonly Tensor _means;
    private readonly Tensor _squares;
    private long _step;

    public TorchAdam(Tensor weights)
    {
        _weights = weights;
        _means = zeros_like(weights).DetachFromDisposeScope();
        _squares = zeros_like(weights).DetachFromDisposeScope();
    }

    public void Step(Tensor gradient, double rate, double weightDecay, double? clip)
    {
        _step++;
        if (clip is { } limit)
            gradient = Clipped(gradient, limit);
        using Scalar kept = 1 - (rate * weightDecay);
        if (weightDecay > 0)
            _weights.mul_(kept);
        using Scalar beta1 = Beta1;
        using Scalar rest1 = 1 - Beta1;
        _means.mul_(beta1).add_(gradient, alpha: rest1);
        using Scalar beta2 = Beta2;
        using Scalar rest2 = 1 - Beta2;
        _squares.mul_(beta2).addcmul_(gradient, gradient, rest2);
        using Scalar correction = Math.Sqrt(1 - Math.Pow(Beta2, _step));
        using Scalar epsilon = Epsilon;
        using Scalar one = 1;
        var denominator = _squares.sqrt().div_(correction).add_(epsilon, one);
        using Scalar factor = -rate / (1 - Math.Pow(Beta1, _step));
        _weights.addcdiv_(_means, denominator, factor);
    }

    public void Dispose()
    {
        _means.Dispose();
        _squares.Dispose();
    }

    private static Tensor Clipped(Tensor gradient, double limit)
    {
        using Scalar longest = limit;
        using Scalar tiny = 1e-30;
        using Scalar one = 1;
        return gradient * gradient.norm().add(tiny, one).reciprocal().mul(longest).clamp_max(one);
    }
}
