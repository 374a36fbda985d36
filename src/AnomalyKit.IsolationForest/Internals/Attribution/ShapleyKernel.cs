using System.Runtime.CompilerServices;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>The Shapley values of a tree's path length, for rows in lanes, in time linear in the splits.</summary>
/// <remarks>
/// <para>
/// Let every group of columns be known with probability t. The expected path length below a split is V = V_right + q (V_left − V_right), where q is the part of the row that goes left (see <see cref="Shares"/>), and a
/// split is reached with the weight W, the product of such parts. The Shapley value of a group is the integral over t from 0 to 1 of the derivative of the expected path length by the group's own probability (G. Owen,
/// <i>Multilinear Extensions of Games</i>, 1972), to which each of its splits adds (o − r) β W (V_left − V_right). The integrand is a polynomial in t, of a degree below the groups on a path: Gauss and
/// Legendre's quadrature is exact. Nothing is divided by what may vanish, and contributions of the splits of a path do not cancel.
/// </para>
/// <para>One pass goes down for W, one up for V and the contributions. Splits between two leaves do both at once.</para>
/// </remarks>
internal sealed unsafe class ShapleyKernel<TLanes, TCoefficients> : IShapleyKernel
    where TLanes : unmanaged, IRowLanes<TLanes>
    where TCoefficients : ICoefficients
{
    /// <summary>Below the factor of any row that has something left; it keeps those that have nothing from 0 / 0.</summary>
    private const double LeastFactor = 1e-100;

    public int Lanes => TLanes.Count;

    public long ScratchLength(PathForest forest) => TLanes.Count * ScratchVectors(forest.MaxCount, forest.MaxCoefficientRows);

    public void Add(in PathTreeInput tree, in RowGroups rows)
    {
        var memory = new Memory(tree, (double*)rows.Scratch);
        for (int group = 0; group < rows.Count; group++)
        {
            double* cells = (double*)rows.Cells + ((long)group * rows.Columns * TLanes.Count);
            double* contributions = (double*)rows.Contributions + ((long)group * rows.ColumnGroups * TLanes.Count);
            for (int k = 0; k < Shares.Points; k++)
                TLanes.Store(TLanes.Broadcast(tree.Weights[k]), memory.States + (k * TLanes.Count));
            for (int i = 0; i < tree.Inner; i++)
                Descend(tree, memory, i, cells);
            for (int i = tree.Inner; i < tree.Count; i++)
                TurnBack(tree, memory, i, cells, contributions);
            for (int i = tree.Inner - 1; i >= 0; i--)
                Ascend(tree, memory, i, contributions);
        }
    }

    private static long ScratchVectors(int count, int coefficientRows) =>
        ((2L + Shares.Points) * count) + (2L * count) + 1 + (TCoefficients.AreOfRows ? (long)Shares.Coefficients * coefficientRows : 0);

    /// <summary>Sets W of the splits below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Descend(in PathTreeInput tree, in Memory memory, int i, double* cells)
    {
        PathNode* node = tree.Nodes + i;
        double* state = memory.State(i);
        double* alpha = Prepare(tree, memory, i, cells, out var share, out var moved);
        TLanes.Store(moved, memory.Moved + ((long)i * TLanes.Count));
        var w0 = TLanes.Load(state);
        var w1 = TLanes.Load(state + TLanes.Count);
        var w2 = TLanes.Load(state + (2 * TLanes.Count));
        var w3 = TLanes.Load(state + (3 * TLanes.Count));
        var l0 = w0 * TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 0), moved, share);
        var l1 = w1 * TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 1), moved, share);
        var l2 = w2 * TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 2), moved, share);
        var l3 = w3 * TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 3), moved, share);
        if (node->Left >= 0)
            Store(memory.State(node->Left), l0, l1, l2, l3);
        if (node->Right >= 0)
            Store(memory.State(node->Right), w0 - l0, w1 - l1, w2 - l2, w3 - l3);
    }

    /// <summary>Takes W to V at a split between two leaves, and adds its contribution.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnBack(in PathTreeInput tree, in Memory memory, int i, double* cells, double* contributions)
    {
        PathNode* node = tree.Nodes + i;
        double* state = memory.State(i);
        double* alpha = Prepare(tree, memory, i, cells, out var share, out var moved);
        var sum = TCoefficients.At<TLanes>(alpha, 4) * TLanes.Load(state);
        sum = TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 5), TLanes.Load(state + TLanes.Count), sum);
        sum = TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 6), TLanes.Load(state + (2 * TLanes.Count)), sum);
        sum = TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 7), TLanes.Load(state + (3 * TLanes.Count)), sum);
        var right = TLanes.Broadcast(node->RightValue);
        var difference = TLanes.Broadcast(node->LeftValue - node->RightValue);
        Contribute(contributions, node->Group, moved * difference, sum);
        Store(
            state,
            TLanes.MultiplyAdd(TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 0), moved, share), difference, right),
            TLanes.MultiplyAdd(TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 1), moved, share), difference, right),
            TLanes.MultiplyAdd(TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 2), moved, share), difference, right),
            TLanes.MultiplyAdd(TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 3), moved, share), difference, right));
    }

    /// <summary>Takes W to V at a split with others below, and adds its contribution.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ascend(in PathTreeInput tree, in Memory memory, int i, double* contributions)
    {
        PathNode* node = tree.Nodes + i;
        var share = TLanes.Broadcast(tree.LeftShares[i]);
        var moved = TLanes.Load(memory.Moved + ((long)i * TLanes.Count));
        double* state = memory.State(i);
        double* alpha = memory.Alpha(tree, i);
        TLanes d0, d1, d2, d3;
        if (node->Left >= 0)
        {
            double* left = memory.State(node->Left);
            (d0, d1, d2, d3) = (TLanes.Load(left), TLanes.Load(left + TLanes.Count), TLanes.Load(left + (2 * TLanes.Count)), TLanes.Load(left + (3 * TLanes.Count)));
        }
        else
        {
            d0 = d1 = d2 = d3 = TLanes.Broadcast(node->LeftValue);
        }

        TLanes r0, r1, r2, r3;
        if (node->Right >= 0)
        {
            double* right = memory.State(node->Right);
            (r0, r1, r2, r3) = (TLanes.Load(right), TLanes.Load(right + TLanes.Count), TLanes.Load(right + (2 * TLanes.Count)), TLanes.Load(right + (3 * TLanes.Count)));
        }
        else
        {
            r0 = r1 = r2 = r3 = TLanes.Broadcast(node->RightValue);
        }

        (d0, d1, d2, d3) = (d0 - r0, d1 - r1, d2 - r2, d3 - r3);
        var sum = TCoefficients.At<TLanes>(alpha, 4) * TLanes.Load(state) * d0;
        sum = TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 5) * TLanes.Load(state + TLanes.Count), d1, sum);
        sum = TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 6) * TLanes.Load(state + (2 * TLanes.Count)), d2, sum);
        sum = TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 7) * TLanes.Load(state + (3 * TLanes.Count)), d3, sum);
        Contribute(contributions, node->Group, moved, sum);
        Store(
            state,
            TLanes.MultiplyAdd(TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 0), moved, share), d0, r0),
            TLanes.MultiplyAdd(TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 1), moved, share), d1, r1),
            TLanes.MultiplyAdd(TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 2), moved, share), d2, r2),
            TLanes.MultiplyAdd(TLanes.MultiplyAdd(TCoefficients.At<TLanes>(alpha, 3), moved, share), d3, r3));
    }

    /// <summary>Routes the rows at a split: sets O (o − r) and returns the coefficients of the split, α / O and β / O.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double* Prepare(in PathTreeInput tree, in Memory memory, int i, double* cells, out TLanes share, out TLanes moved)
    {
        PathNode* node = tree.Nodes + i;
        double* cell = cells + ((long)node->Column * TLanes.Count);
        var left = node->Split < 0
            ? TLanes.GoingLeft(TLanes.Load(cell), TLanes.Broadcast(node->Threshold), TLanes.Broadcast(node->LeftCover))
            : OfCategory(tree, node, cell);
        share = TLanes.Broadcast(tree.LeftShares[i]);
        var whole = TLanes.Load(memory.Remainders + ((long)node->Remainder * TLanes.Count));
        moved = whole * (left - share);
        if (node->HasSameBelow)
        {
            double* below = memory.Remainders + (((2L * i) + 1) * TLanes.Count);
            var rest = whole * left;
            TLanes.Store(rest, below);
            TLanes.Store(whole - rest, below + TLanes.Count);
        }

        double* alpha = memory.Alpha(tree, i);
        if (TCoefficients.AreOfRows && node->Coefficients > 0)
            SetCoefficients(tree, i, whole, alpha);
        return alpha;
    }

    /// <summary>The coefficients of rows of which any part may be left.</summary>
    private static void SetCoefficients(in PathTreeInput tree, int i, TLanes whole, double* alpha)
    {
        var reach = TLanes.Broadcast(tree.Reaches[i]);
        for (int k = 0; k < Shares.Points; k++)
        {
            double point = tree.Coefficients[k];
            var factor = TLanes.MultiplyAdd(TLanes.Broadcast(point), whole, TLanes.Broadcast(1 - point) * reach);
            factor = TLanes.Max(factor, TLanes.Broadcast(LeastFactor));
            TLanes.Store(TLanes.Broadcast(point) / factor, alpha + (k * TLanes.Count));
            TLanes.Store(reach / factor / factor, alpha + ((Shares.Points + k) * TLanes.Count));
        }
    }

    private static TLanes OfCategory(in PathTreeInput tree, PathNode* node, double* cell)
    {
        double* parts = stackalloc double[TLanes.Count];
        for (int lane = 0; lane < TLanes.Count; lane++)
            parts[lane] = Shares.OfCell(*node, (float)cell[lane], tree.Levels);
        return TLanes.Load(parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Contribute(double* contributions, int group, TLanes moved, TLanes sum)
    {
        double* contribution = contributions + ((long)group * TLanes.Count);
        TLanes.Store(TLanes.MultiplyAdd(moved, sum, TLanes.Load(contribution)), contribution);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(double* state, TLanes first, TLanes second, TLanes third, TLanes fourth)
    {
        TLanes.Store(first, state);
        TLanes.Store(second, state + TLanes.Count);
        TLanes.Store(third, state + (2 * TLanes.Count));
        TLanes.Store(fourth, state + (3 * TLanes.Count));
    }

    /// <summary>Vectors that the passes work in.</summary>
    private readonly struct Memory
    {
        private readonly double* _rowCoefficients;

        public Memory(in PathTreeInput tree, double* scratch)
        {
            States = scratch;
            Moved = States + ((long)Shares.Points * tree.Count * TLanes.Count);
            Remainders = Moved + ((long)tree.Count * TLanes.Count);
            _rowCoefficients = Remainders + (((2L * tree.Count) + 1) * TLanes.Count);
            TLanes.Store(TLanes.Broadcast(1), Remainders);
            for (int k = 0; TCoefficients.AreOfRows && k < Shares.Coefficients; k++)
                TLanes.Store(TLanes.Broadcast(tree.Coefficients[k]), _rowCoefficients + (k * TLanes.Count));
        }

        /// <summary>Four vectors per split: on the way down W, on the way up V.</summary>
        public readonly double* States { get; }

        /// <summary>O (o − r) of every split.</summary>
        public readonly double* Moved { get; }

        /// <summary>What is left of each row: a vector of ones, then two vectors per split, for its branches.</summary>
        public readonly double* Remainders { get; }

        public readonly double* State(int split) => States + ((long)split * Shares.Points * TLanes.Count);

        public readonly double* Alpha(in PathTreeInput tree, int split) => TCoefficients.AreOfRows
            ? _rowCoefficients + ((long)tree.Nodes[split].Coefficients * Shares.Coefficients * TLanes.Count)
            : tree.Coefficients + ((long)tree.Nodes[split].Coefficients * Shares.Coefficients);
    }
}
