namespace AnomalyKit.Monitoring.Tests.Streams;

/// <summary>Written by make_golden.py.</summary>
internal static class StreamGolden
{
    public static readonly double[] ConformalHead = [0.7922404011090597, 0.16865718364715576, 0.7778086794747247, 0.9191422462463379, 0.9086429874102274, 0.04486516449186537, 0.24539359978267125, 0.020554617047309875];
    public const double LogPower = 9.243344199726758;
    public const double LogMixture = 15.649469142922596;
    public const double LogJumper = 16.824100735724553;
    public const double LogChangePoint = 22.191601301652078;
    public static readonly long[] PageHinkleyFound = [2050, 4519];
    public const double PageHinkleyUp = 1.3190004955792594;
    public const double PageHinkleyDown = 2.9370504801670005;
    public static readonly long[] AdwinFound = [2080, 4544];
    public const long AdwinLength = 1504;
    public const double AdwinMean = 0.3950744967299996;
    public const double AdwinVariance = 0.02755503657387066;
    public const double CorrectionLinear = 1.0930070558172542;
    public const double CorrectionPower = 1.8116529307652842;
    public const double CusumUp = 8.254895255338985;
    public const double CusumDown = 0.18614808164095245;
}
