using static TorchSharp.torch;

namespace AnomalyKit.Autoencoder.Torch;

/// <summary>Adam over one flat tensor, without a look at the device: D. P. Kingma, J. Ba, 2015; decoupled weight decay as I. Loshchilov, F. Hutter, 2019.</summary>
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
            gradient = gradient * (limit / (gradient.norm() + 1e-30)).clamp_max(1);
        if (weightDecay > 0)
            _weights.mul_(1 - (rate * weightDecay));
        _means.mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
        _squares.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        var denominator = _squares.sqrt().div_(Math.Sqrt(1 - Math.Pow(Beta2, _step))).add_(Epsilon);
        _weights.addcdiv_(_means, denominator, -rate / (1 - Math.Pow(Beta1, _step)));
    }

    public void Dispose()
    {
        _means.Dispose();
        _squares.Dispose();
    }
}
