use crate::value::strict::choice;

choice! {
    /// Which intraclass correlation: the design, whether offsets between raters count as error, and one or all raters.
    ///
    /// The six forms of Shrout and Fleiss 1979; in brackets the names of McGraw and Wong 1996. There is no default:
    /// the forms answer different questions, and on one table lie between .17 and .91.
    pub enum IntraclassForm: "Which intraclass correlation" {
        /// ICC(1,1) [ICC(1)]: other raters for each subject; one rating.
        OneWaySingle = "one_way_single",
        /// ICC(2,1) [ICC(A,1)]: a sample of raters, each rates every subject; absolute agreement of one rating.
        AgreementSingle = "agreement_single",
        /// ICC(3,1) [ICC(C,1)]: these very raters; consistency of one rating, offsets between raters do not count.
        ConsistencySingle = "consistency_single",
        /// ICC(1,k) [ICC(k)]: as the first, of the mean of all k ratings.
        OneWayAverage = "one_way_average",
        /// ICC(2,k) [ICC(A,k)]: as the second, of the mean of all k ratings.
        AgreementAverage = "agreement_average",
        /// ICC(3,k) [ICC(C,k)]: as the third, of the mean of all k ratings; equal to Cronbach's alpha.
        ConsistencyAverage = "consistency_average",
    }
}

impl IntraclassForm {
    pub(super) fn is_average(self) -> bool {
        matches!(self, Self::OneWayAverage | Self::AgreementAverage | Self::ConsistencyAverage)
    }
}
